package io.github.llmbudget.cassette;

/** Writes what kind of secret it was in the place of each. */
record SecretMask(SecretKinds kinds) implements Rewriting {

    @Override
    public String in(String text) {
        return kinds.mask(text);
    }
}
