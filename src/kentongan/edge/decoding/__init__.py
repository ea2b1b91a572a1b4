"""Opening files that strangers made: each in a process of its own, with little memory, little time and no
secrets.

`runner` starts and watches the child, `child` limits itself and answers, `pictures` and `letters` are its decoders,
`images` is what the stages call for a photo and `intake.channels.mail` for an e-mail. A decoder that is taken over can
reach nothing but its own answer.
"""
