// All odd registries by name.
import { answerOddities } from './answers.ts';
import { authOddities } from './auth.ts';
import { listOddities } from './lists.ts';

export const oddRegistries = { ...authOddities, ...listOddities, ...answerOddities };

export type OddName = keyof typeof oddRegistries;
