"""Runs every benchmark; each prints one JSON line."""

import bench_document
import bench_record
import bench_window

if __name__ == "__main__":
    bench_record.main()
    bench_document.main()
    bench_window.main()
