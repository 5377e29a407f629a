import type { Operation } from '../operation';
import { closeFollowUps } from './closeFollowUps';
import { createFollowUp } from './createFollowUp';
import { find } from './find';
import { route } from './route';
import { setResponsible } from './setResponsible';

/** Operations on clients, in alphabetical order as n8n lists them. */
export const clientOperations: Operation[] = [closeFollowUps, createFollowUp, find, route, setResponsible];
