import type { INodeProperties } from 'n8n-workflow';
import { toIso } from '../dates';
import { toFlag } from '../../common/values';
import { Parameter } from './field';
import type { Given } from '../given';

/** What every kind of field says of itself. */
export type Spec<Name extends string> = Pick<INodeProperties, 'displayName' | 'description'> &
	Partial<Pick<INodeProperties, 'placeholder' | 'hint' | 'typeOptions' | 'displayOptions' | 'required'>> & {
		name: Name;
	};

/** A text that must be there; numbers count as text. */
export function text<const Name extends string>(spec: Spec<Name> & { default?: string }) {
	return new Parameter({ default: '', required: true, ...spec, type: 'string' }, (given) => given.text(), undefined);
}

/** A text, or undefined. */
export function optionalText<const Name extends string>(spec: Spec<Name> & { default?: string }) {
	return new Parameter({ default: '', ...spec, type: 'string' }, (given) => given.optionalText(), undefined);
}

/**
 * A switch. The portal takes the texts "N" and "false" for true, so these are read as a person means them, and a word
 * that means neither is refused. An expression without a value takes the shown default.
 */
export function flag<const Name extends string>(spec: Spec<Name> & { default: boolean }) {
	return new Parameter({ ...spec, type: 'boolean' }, (given) => asFlag(given, spec.default), undefined);
}

/** A switch of a collection that is off until it is added; it then starts as shown. Its description says so. */
export function flagOffUnlessAdded<const Name extends string>(spec: Spec<Name> & { default: boolean }) {
	return unlessAdded(spec, false);
}

/** A switch of a collection that is on until it is added. */
export function flagOnUnlessAdded<const Name extends string>(spec: Spec<Name> & { default: boolean }) {
	return unlessAdded(spec, true);
}

function unlessAdded<Name extends string>(spec: Spec<Name> & { default: boolean }, absent: boolean) {
	const description = `${spec.description?.replace(/\.$/, '') ?? ''}. ${absent ? 'On' : 'Off'} unless added.`;
	return new Parameter({ ...spec, description, type: 'boolean' }, (given) => asFlag(given, spec.default), absent);
}

function asFlag(given: Given, shown: boolean): boolean {
	if (given.value === undefined || given.value === null) return shown;
	return toFlag(given.value) ?? given.refuse('must be on or off', 'Give true or false.');
}

/** Limits of a number. */
interface Range {
	min: number;
	max?: number;
}

/** A number of a collection; undefined when it is not added or empty. */
export function optionalNumber<const Name extends string>(spec: Spec<Name> & { default: number }, { min, max }: Range) {
	return new Parameter(
		numeric(spec, min, max),
		(given) => (given.isMissing ? undefined : given.number(min, max)),
		undefined,
	);
}

/** A whole number; undefined when it is not added or empty. */
export function optionalInteger<const Name extends string>(
	spec: Spec<Name> & { default: number },
	{ min, max }: Range,
) {
	return new Parameter(
		numeric(spec, min, max),
		(given) => (given.isMissing ? undefined : given.integer(min, max)),
		undefined,
	);
}

/** A whole number that must be there. */
export function integer<const Name extends string>(spec: Spec<Name> & { default: number }, { min, max }: Range) {
	return new Parameter(numeric(spec, min, max), (given) => given.integer(min, max), undefined);
}

function numeric<Name extends string>(spec: Spec<Name> & { default: number }, minValue: number, maxValue?: number) {
	const limits = maxValue === undefined ? { minValue } : { minValue, maxValue };
	return { ...spec, type: 'number' as const, typeOptions: { ...limits, ...spec.typeOptions } };
}

/** A point in time that must be there, as ISO 8601 with offset; without one it is read in the workflow's time zone. */
export function date<const Name extends string>(spec: Spec<Name>) {
	return new Parameter({ required: true, ...spec, type: 'dateTime', default: '' }, (given) => asDate(given), undefined);
}

/** A point in time, or undefined; otherwise as {@link date}. */
export function optionalDate<const Name extends string>(spec: Spec<Name>) {
	return new Parameter(
		{ ...spec, type: 'dateTime', default: '' },
		(given) => (given.isMissing ? undefined : asDate(given)),
		undefined,
	);
}

const DATES =
	'Use the date picker, an ISO date such as 2026-03-01T10:00:00+01:00, Unix time, or an expression such as {{ $now }}.';

function asDate(given: Given): string {
	if (given.isMissing) return given.refuseMissing();
	return toIso(given.value, given.zone) ?? given.refuse('is no date', DATES);
}
