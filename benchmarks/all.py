"""Runs every benchmark; each prints one JSON line."""

import bench_document
import bench_improve
import bench_list
import bench_photos
import bench_record
import bench_score
import bench_store
import bench_sync
import bench_window
import bench_xlsform
from full_store import WHOLE

if __name__ == "__main__":
    bench_record.main()
    bench_store.measured(WHOLE)
    bench_document.main()
    bench_score.main()
    bench_improve.main()
    bench_xlsform.main()
    bench_window.main()
    bench_list.main()
    bench_photos.main()
    bench_sync.main()
