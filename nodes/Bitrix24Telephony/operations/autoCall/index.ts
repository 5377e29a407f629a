import type { Operation } from '../operation';
import { getVoices } from './getVoices';
import { soundCall } from './soundCall';
import { callback, textCall } from './speech';

/** Automatic calls of Bitrix24's built-in telephony, in alphabetical order as n8n lists them. */
export const autoCallOperations: Operation[] = [callback, getVoices, soundCall, textCall];
