// Checks a log with Go's golang.org/x/mod/sumdb/note and sumdb/tlog: go run check.go FOLDER
//
// FOLDER/bundle holds the unpacked bundle, FOLDER/known.json the keys, FOLDER/proofs.json the proofs that we made.
// Prints how many of each were right, as JSON; stops at the first that is not.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type known struct {
	Log  string
	Acts []string
}

type proofs struct {
	Records [][]string
	Trees   []struct {
		Old   int64
		Root  string
		Proof []string
	}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func read(folder, name string, into any) {
	data, err := os.ReadFile(filepath.Join(folder, name))
	must(err)
	must(json.Unmarshal(data, into))
}

func verifiers(keys ...string) note.Verifiers {
	var list []note.Verifier
	for _, key := range keys {
		verifier, err := note.NewVerifier(key)
		must(err)
		list = append(list, verifier)
	}
	return note.VerifierList(list...)
}

func hashes(encoded []string) []tlog.Hash {
	list := make([]tlog.Hash, len(encoded))
	for i, text := range encoded {
		hash, err := tlog.ParseHash(text)
		must(err)
		list[i] = hash
	}
	return list
}

// tiles reads hash tiles from a folder; TileHashReader checks each against the tree.
type tiles struct {
	folder string
	saved  map[tlog.Tile]bool
}

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var list [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1) // tlog-tiles leaves the height out
		data, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		list = append(list, data)
	}
	return list, nil
}

func (t tiles) SaveTiles(checked []tlog.Tile, _ [][]byte) {
	for _, tile := range checked {
		t.saved[tile] = true
	}
}

// entries reads all entry bundles of a tree: each entry after its length in two bytes.
func entries(folder string, size int64) [][]byte {
	var list [][]byte
	for start := int64(0); start < size; start += 256 {
		tile := tlog.Tile{H: 8, L: -1, N: start / 256, W: 256}
		if size-start < 256 {
			tile.W = int(size - start)
		}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(folder, path))
		must(err)
		for len(data) > 0 {
			end := 2 + int(binary.BigEndian.Uint16(data))
			list = append(list, data[2:end])
			data = data[end:]
		}
	}
	return list
}

func main() {
	folder := os.Args[1]
	bundle := filepath.Join(folder, "bundle")
	var keys known
	var ours proofs
	read(folder, "known.json", &keys)
	read(folder, "proofs.json", &ours)
	counts := map[string]int{}

	signed, err := os.ReadFile(filepath.Join(bundle, "checkpoint"))
	must(err)
	checkpoint, err := note.Open(signed, verifiers(keys.Log))
	must(err)
	counts["checkpoint"] = len(checkpoint.Sigs)
	// Go's own log has another first line; size and root are read by its parser.
	_, rest, _ := strings.Cut(checkpoint.Text, "\n")
	tree, err := tlog.ParseTree([]byte("go.sum database tree\n" + rest))
	must(err)

	reader := tiles{bundle, map[tlog.Tile]bool{}}
	hashReader := tlog.TileHashReader(tree, reader)
	found := entries(bundle, tree.N)
	signers := verifiers(keys.Acts...)
	for i, entry := range found {
		index := int64(i)
		_, err := note.Open(entry, signers)
		must(err)
		counts["acts"]++
		stored, err := hashReader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		must(err)
		if leaf := tlog.RecordHash(entry); stored[0] != leaf {
			log.Fatalf("entry %d is not in its tile", index)
		}
		counts["entries"]++
		must(tlog.CheckRecord(hashes(ours.Records[i]), tree.N, tree.Hash, index, tlog.RecordHash(entry)))
		counts["inclusion proofs"]++
		made, err := tlog.ProveRecord(tree.N, index, hashReader)
		must(err)
		if !bytes.Equal(flat(made), flat(hashes(ours.Records[i]))) {
			log.Fatalf("another proof for %d", index)
		}
		counts["same proofs"]++
	}
	for _, older := range ours.Trees {
		root := hashes([]string{older.Root})[0]
		must(tlog.CheckTree(hashes(older.Proof), tree.N, tree.Hash, older.Old, root))
		counts["consistency proofs"]++
	}
	root, err := tlog.TreeHash(tree.N, hashReader)
	must(err)
	if root != tree.Hash {
		log.Fatal("another root: ", base64.StdEncoding.EncodeToString(root[:]))
	}
	counts["tiles"] = len(reader.saved)
	out, err := json.Marshal(counts)
	must(err)
	fmt.Println(string(out))
}

func flat(list []tlog.Hash) []byte {
	var all []byte
	for _, hash := range list {
		all = append(all, hash[:]...)
	}
	return all
}
