"""Entities, quotes and dates from news on Iraqi politics and armed factions."""
