"""From the record of a visit to the words, values and data of its document."""
