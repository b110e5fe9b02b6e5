"""What an office takes along when it leaves: its records as files that are read without this program."""
