"""Around one consultation: channels, partners, documents, links, followers."""
