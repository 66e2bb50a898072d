"""Reviews: what a council, a peer and a provider write to each other about an evaluation. No Qt, no SQL, no JSON."""
