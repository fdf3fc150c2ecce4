"""From exports of news databases, many articles in one file, to their articles."""
