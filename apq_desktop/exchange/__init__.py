"""What leaves and enters as data. Nothing is imported here, so that pydantic loads at first use."""
