"""Messages of organisers to those who take part in an event: written once, sent once to each."""
