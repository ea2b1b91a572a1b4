"""What touches the outside: guarded HTTP, decoders, sealing, clocks, the catalogue of problems, the jobs facade."""
