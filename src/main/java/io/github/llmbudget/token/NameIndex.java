package io.github.llmbudget.token;

import java.util.OptionalInt;

/**
 * Finds numbers by names, of which it keeps hashes alone: names are long, and there may be many. Two names of the same hash
 * are taken for one, which among a million names happens once in some forty million runs.
 */
final class NameIndex {

    /** In no place of the table is a number. */
    private static final int NOTHING = 0;

    private long[] hashes = new long[16];
    /** Numbers from 1, each at the hash of its name or behind it; at most four fifths of it are used. */
    private int[] numbers = new int[16];

    private int size;

    OptionalInt find(String name) {
        int number = numbers[place(hash(name))];
        return number == NOTHING ? OptionalInt.empty() : OptionalInt.of(number - 1);
    }

    void put(String name, int number) {
        long hash = hash(name);
        if (numbers[place(hash)] == NOTHING) {
            size++;
            if (5 * size > 4 * numbers.length) {
                grow();
            }
        }
        set(hash, number + 1);
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        hashes = new long[2 * oldHashes.length];
        numbers = new int[2 * oldNumbers.length];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != NOTHING) {
                set(oldHashes[i], oldNumbers[i]);
            }
        }
    }

    private void set(long hash, int number) {
        int place = place(hash);
        hashes[place] = hash;
        numbers[place] = number;
    }

    /** Finds where the number of a name is, or where it would be put. */
    private int place(long hash) {
        int place = (int) hash & numbers.length - 1;
        while (numbers[place] != NOTHING && hashes[place] != hash) {
            place = place + 1 & numbers.length - 1;
        }
        return place;
    }

    /** FNV-1a, stirred at the end, for names often differ in their last characters only. */
    private static long hash(String name) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ hash >>> 33) * 0xC4CEB9FE1A85EC53L;
        return hash ^ hash >>> 33;
    }
}
