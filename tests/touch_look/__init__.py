"""Every screen in every dress: nothing clipped, nothing small, nothing pale."""
