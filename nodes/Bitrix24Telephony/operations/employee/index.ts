import type { Operation } from '../operation';
import { get } from './get';
import { getMany } from './getMany';

/** Operations on employees, in alphabetical order as n8n lists them. */
export const employeeOperations: Operation[] = [get, getMany];
