"""Reading Indonesian news text: title and body, place, dates, text quality, copies.

`reading.read_article` is the way in; the other modules are its steps and can be used alone.  Everything found
is a suggestion with the words it rests on; a person decides.  All spans count characters of `Article.text`.
"""
