package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"dateline/archive"
)

var backupCommand = command{
	name:  "backup",
	args:  "FOLDER",
	short: "copies the archive, and then only what is new",
	long: `Backup makes FOLDER a backup of the archive: a copy of its database as it is at
one moment, and of the WARC files as far as the captures in it go. Other commands
may add pages meanwhile. The next backup to the same folder copies what is new in
the WARC files, and the database. It reads the WARC files that have been written to
since, all of them with -full, and ends without changing the backup if they no longer
hold what was copied, or if the database is damaged: "dateline verify" says more.

A folder that is not empty, and no backup of this archive, is left as it is.
Interrupted or killed, it goes on when it is called again. A backup is itself an
archive that can be read and verified (-archive FOLDER); "dateline restore" makes a
new one of it.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		full := fs.Bool("full", false, "read all WARC files of the archive and compare them with what was copied before")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) != 1 {
				return usagef("needs the folder of the backup")
			}
			p := newProgress(s.err)
			if err := inFolder(dir()); err != nil {
				return err
			}
			n, err := archive.Backup(ctx, dir(), args[0], archive.CopyOptions{Progress: copying(p), Full: *full})
			p.end()
			if _, err = hinted(nil, err); err != nil {
				return err
			}
			fmt.Fprintf(s.err, "backed up %s of %d bytes, %d bytes of them new; %s\n", warcFiles(n.Files), n.Total, n.Bytes, args[0])
			return nil
		}
	},
}

var restoreCommand = command{
	name:  "restore",
	args:  "BACKUP",
	short: "makes a new archive of a backup",
	long: `Restore makes an archive of what "dateline backup" has put into the folder BACKUP,
where there is none yet (-archive): each file is copied and compared with the
digest that the backup has of it, and the index is made. If a file of the backup is
damaged or missing nothing is restored; the backup itself can still be read
and verified as an archive.`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) != 1 {
				return usagef("needs the folder of a backup")
			}
			p := newProgress(s.err)
			if err := inFolder(dir()); err != nil {
				return err
			}
			n, err := archive.Restore(ctx, args[0], dir(), archive.CopyOptions{Progress: copying(p)})
			p.end()
			if err != nil {
				return err
			}
			a, err := openForReading(ctx, s, dir()) // makes the index
			if err != nil {
				return err
			}
			fmt.Fprintf(s.err, "restored %s of %d bytes; archive %s\n", warcFiles(n.Files), n.Total, dir())
			return errors.Join(a.Close())
		}
	},
}

func warcFiles(n int) string {
	if n == 1 {
		return "1 WARC file"
	}
	return fmt.Sprintf("%d WARC files", n)
}

// copying shows how far a copy has come.
func copying(p *progress) func(done, total int64) {
	return func(done, total int64) {
		if total > 0 {
			p.say(fmt.Sprintf("%d of %d MB   %d %%", done>>20, total>>20, 100*done/total))
		}
	}
}
