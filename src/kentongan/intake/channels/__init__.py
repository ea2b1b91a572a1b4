"""Channels: what arrives in some layout, turned into drafts for `intake.actions.receive_report`; nothing here writes.

`whatsapp` reads a pasted message or chat export, `sheet` and `rows` a CSV file, `mail` a saved e-mail, `files` tells
one from the other. Who sent a message is dropped while it is read: no value made here can carry a sender.
"""
