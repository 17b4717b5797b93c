"""Integer programs, solved by HiGHS and judged exactly."""
