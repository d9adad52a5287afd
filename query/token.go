package query

func searchable(s string) bool { return s != "" }
