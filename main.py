from realtime_fer.app import main

raise SystemExit(main())
