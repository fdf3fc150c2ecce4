"""From addresses of feeds to a corpus that grows: the one room that uses the network.

Nothing else of Dateline does, and nothing of this room is called by reading, counting or reporting.
"""
