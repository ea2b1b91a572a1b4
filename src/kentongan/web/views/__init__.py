"""One file per screen: parse the request, call one action or query, render."""
