import type { Operation } from '../operation';
import { add } from './add';
import { remove } from './delete';
import { getMany } from './getMany';
import { update } from './update';

/** Operations on lines, in alphabetical order as n8n lists them. */
export const lineOperations: Operation[] = [add, remove, getMany, update];
