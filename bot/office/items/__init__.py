"""One registered item from the idea to its certificate: its states, its authors' word, its request, its progress."""
