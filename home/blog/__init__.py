"""A clinic's blog.

`models` are the blog and its posts, `querysets` the questions about posts, `filters` how a reader narrows
them, `feeds` what a feed reader gets, `structured_data` what machines read, `addresses` where every page says
the blog is, and `admin` the list of posts for whoever writes them.
"""
