package follow

import (
	"hash/fnv"
	"time"

	"dateline"
)

// Bounds of how often a source is asked.
const (
	shortest = 2 * time.Minute
	longest  = 7 * 24 * time.Hour
	first    = 10 * time.Minute    // before anything is learnt
	furthest = 30 * 24 * time.Hour // after failures
)

// learn sets how often a source is asked, by what it brought: so often that an
// answer brings about one new item. New is how many items are new, of all that
// the answer has; since is how long it was not asked; hint is how often it says
// that it changes, which counts before anything is known.
func learn(s *dateline.Source, fresh, all int, since, hint time.Duration) {
	was := s.Interval
	switch {
	case was == 0 && hint > 0:
		s.Interval = hint
	case was == 0:
		s.Interval = first
	case fresh > 0 && fresh == all: // some may have been missed
		s.Interval = min(was/2, since/2)
	case fresh > 0:
		s.Interval = (2*was + since/time.Duration(fresh)) / 3
	default:
		s.Interval = was + was/4
	}
	s.Interval = clamp(s.Interval, shortest, longest)
}

// backOff is how long a source that failed is left alone: as long as it would be
// otherwise, doubled with each failure.
func backOff(s *dateline.Source) time.Duration {
	d := max(s.Interval, shortest)
	for range min(s.Fails, 20) {
		if d *= 2; d >= furthest {
			return furthest
		}
	}
	return d
}

// jittered spreads what is asked at one interval: by up to a tenth, always the
// same for one key and number of polls.
func jittered(d time.Duration, key string, n int) time.Duration {
	h := fnv.New64a()
	h.Write([]byte(key))
	h.Write([]byte{byte(n), byte(n >> 8), byte(n >> 16)})
	return d - time.Duration(h.Sum64()%1000)*d/10_000
}
