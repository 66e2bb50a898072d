"""What a provider records, and the rules on it. No Qt, no SQL, no JSON."""
