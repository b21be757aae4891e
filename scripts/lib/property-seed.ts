/**
 * Seeds the properties of a test run. One seed for all by default, so that
 * what is green in one place is green in another; `PARLEY_SEED=random` looks
 * at new runs, `PARLEY_SEED=N` at those of a failure again.
 */
import fc from "fast-check";

const FIXED = 20_261_121;

const asked = process.env.PARLEY_SEED ?? FIXED;
if (asked !== "random") fc.configureGlobal({ seed: Number(asked) });
