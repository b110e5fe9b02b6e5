"""Channels: each a name and two verbs, listen and send; none knows another."""
