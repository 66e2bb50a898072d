"""What an officer writes about many settings: its content, and as a Word document."""
