"""What an officer makes of many settings: areas read across, themes, reports, tables."""
