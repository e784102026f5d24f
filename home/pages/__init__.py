"""The pages a clinic has besides treatments, places, people and posts: its front page and its plain pages."""
