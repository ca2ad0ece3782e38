package io.github.llmbudget.wire;

import org.jspecify.annotations.Nullable;

/**
 * Undoes the coding {@code gzip}: one member after the other, as they may be concatenated. What follows the last member
 * and is none itself is ignored.
 */
final class GzipDecoding implements Decoding {

    private static final int FIRST_MAGIC = 0x1F;
    private static final int SECOND_MAGIC = 0x8B;
    private static final int DEFLATED = 8;

    private static final int HAS_HEADER_CHECKSUM = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;

    /** Modification time, extra flags and operating system. */
    private static final int IGNORED_LENGTH = 6;

    private static final int HEADER_CHECKSUM_LENGTH = 2;
    private static final int TRAILER_LENGTH = 8;

    private enum Part {
        MAGIC,
        SECOND_MAGIC,
        METHOD,
        FLAGS,
        IGNORED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CHECKSUM,
        DATA,
        TRAILER,
        OVER
    }

    private final ByteSink sink;
    private Part part = Part.MAGIC;
    private boolean laterMember;
    private int flags;
    private int position;
    private int extraLength;
    private long trailer;
    private @Nullable Inflation inflation;
    private @Nullable String damage;

    GzipDecoding(ByteSink sink) {
        this.sink = sink;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        int next = offset;
        int end = offset + length;
        while (next < end && part != Part.OVER) {
            if (part == Part.DATA && inflation != null) {
                next += inflate(inflation, bytes, next, end - next);
            } else {
                accept(bytes[next++] & 0xFF);
            }
        }
    }

    private int inflate(Inflation data, byte[] bytes, int offset, int length) {
        int inflated = data.accept(bytes, offset, length);
        if (data.damage() != null) {
            damaged(data.damage());
        } else if (data.isFinished()) {
            enter(Part.TRAILER);
        }
        return inflated;
    }

    private void accept(int next) {
        switch (part) {
            case MAGIC -> expect(next == FIRST_MAGIC, Part.SECOND_MAGIC);
            case SECOND_MAGIC -> expect(next == SECOND_MAGIC, Part.METHOD);
            case METHOD -> {
                if (next == DEFLATED) {
                    enter(Part.FLAGS);
                } else {
                    damaged("unknown compression method");
                }
            }
            case FLAGS -> {
                flags = next;
                enter(Part.IGNORED);
            }
            case IGNORED -> {
                if (++position == IGNORED_LENGTH) {
                    enterOptional(Part.EXTRA_LENGTH);
                }
            }
            case EXTRA_LENGTH -> {
                extraLength |= next << (8 * position);
                if (++position == 2) {
                    enterOptional(extraLength > 0 ? Part.EXTRA : Part.NAME);
                }
            }
            case EXTRA -> {
                if (++position == extraLength) {
                    enterOptional(Part.NAME);
                }
            }
            case NAME -> {
                if (next == 0) {
                    enterOptional(Part.COMMENT);
                }
            }
            case COMMENT -> {
                if (next == 0) {
                    enterOptional(Part.HEADER_CHECKSUM);
                }
            }
            case HEADER_CHECKSUM -> {
                if (++position == HEADER_CHECKSUM_LENGTH) {
                    enterOptional(Part.DATA);
                }
            }
            case TRAILER -> {
                trailer |= (long) next << (8 * position);
                if (++position == TRAILER_LENGTH) {
                    endMember();
                }
            }
            case DATA, OVER -> throw new IllegalStateException(part + " is not read byte by byte");
        }
    }

    private void expect(boolean met, Part following) {
        if (met) {
            enter(following);
        } else if (laterMember) {
            enter(Part.OVER);
        } else {
            damaged("it does not begin as gzip data");
        }
    }

    /** Enters a part of the header, or the first one behind it that this header has. */
    private void enterOptional(Part wanted) {
        Part found = wanted;
        if (found == Part.EXTRA_LENGTH && (flags & HAS_EXTRA) == 0) {
            found = Part.NAME;
        }
        if (found == Part.NAME && (flags & HAS_NAME) == 0) {
            found = Part.COMMENT;
        }
        if (found == Part.COMMENT && (flags & HAS_COMMENT) == 0) {
            found = Part.HEADER_CHECKSUM;
        }
        if (found == Part.HEADER_CHECKSUM && (flags & HAS_HEADER_CHECKSUM) == 0) {
            found = Part.DATA;
        }
        enter(found);
    }

    private void enter(Part next) {
        part = next;
        position = 0;
        switch (next) {
            case EXTRA_LENGTH -> extraLength = 0;
            case DATA -> inflation = new Inflation(true, sink);
            case TRAILER -> trailer = 0;
            default -> {
                // Has nothing to begin with.
            }
        }
    }

    private void endMember() {
        Inflation data = inflation;
        if (data != null && trailer != (data.checksum() | ((data.size() & 0xFFFFFFFFL) << 32))) {
            damaged("wrong checksum");
            return;
        }
        release();
        laterMember = true;
        enter(Part.MAGIC);
    }

    private void damaged(@Nullable String how) {
        damage = how;
        part = Part.OVER;
    }

    private void release() {
        if (inflation != null) {
            inflation.release();
            inflation = null;
        }
    }

    @Override
    public void finish() {
        part = Part.OVER;
        release();
    }

    @Override
    public @Nullable String problem() {
        return damage == null ? null : "the gzip data is damaged: " + damage;
    }
}
