"""Opening files that strangers made: each in a process of its own, with little memory, little time and no
secrets.

`runner` starts and watches the child, `child` limits itself and answers, `pictures` is the only decoder so
far, `images` is what the stages call. A decoder that is taken over can reach nothing but its own answer.
"""
