"""Calendar files of other programs (iCalendar, RFC 5545): written for them, and read from them."""
