"""What people take home: plain facts in, a finished sheet as PDF bytes out; no Qt, no database."""
