package main

import (
	"dateline/internal/chain"
	"dateline/train/crf"
	"dateline/understand/entity"
	"dateline/understand/token"
)

// options are the choices of training, found by cross-validation.
var options = crf.Options{Rate: 0.02, Epochs: 5, L2: 1e-5, MinCount: 2, Prune: 0.02}

// learn learns from the samples, and from texts without marks, what names look
// like; clusters has the cluster of each word, by its [entity.ClusterKey] and 1. The
// same input gives the same files.
//
// A first model, without a lexicon, labels the texts; the lexicon is what it
// found. The next one has the lexicon. The second also has the labels that this
// gives the rest of a text; it must not learn from labels that were known by
// heart, so for training those come from two models, each of the one
// half of the samples for the other.
func learn(samples []entity.Sample, texts []string, clusters token.Table[uint16]) entity.Files {
	var all []*entity.Lesson
	var halves [2][]*entity.Lesson
	for _, s := range samples {
		l := s.Lesson()
		half := hash(s.ID) % 2
		all = append(all, l)
		halves[half] = append(halves[half], l)
	}
	lexicon := entity.Gather(labels(all, nil, false), texts, clusters)
	first := labels(all, lexicon, false)
	for i, half := range halves {
		other := labels(halves[1-i], lexicon, false)
		for _, l := range half {
			l.Vote(lexicon, other)
		}
	}
	return entity.NewFiles(lexicon, first, labels(all, lexicon, true))
}

// labels trains a model of labels on the lessons.
func labels(lessons []*entity.Lesson, x *entity.Lexicon, votes bool) *chain.Model {
	set := crf.NewSet(entity.Labels())
	for _, l := range lessons {
		l.Teach(x, votes, set)
	}
	return set.Train(options)
}
