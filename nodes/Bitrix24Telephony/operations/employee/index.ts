import type { Operation } from '../operation';
import { find } from './find';
import { getMany } from './getMany';

/** Operations on employees, in alphabetical order as n8n lists them. */
export const employeeOperations: Operation[] = [find, getMany];
