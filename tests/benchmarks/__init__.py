"""Speed as ratios against raw limits measured in the same run. Not part of the tests."""
