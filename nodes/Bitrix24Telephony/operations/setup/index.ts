import type { Operation } from '../operation';
import { check } from './check';
import { removeOrphans } from './removeOrphans';

/** Operations on the set-up, in alphabetical order as n8n lists them. */
export const setupOperations: Operation[] = [check, removeOrphans];
