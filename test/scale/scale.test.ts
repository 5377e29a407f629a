import { IMPATIENT, startFarm, type Farm } from './farm';
import { QUICK } from './trial';
import { trials } from './trials';

/** A trial waits for several things, one after the other. */
const TRIAL_MS = 900_000;

let farm: Farm;
beforeAll(async () => {
	farm = await startFarm(IMPATIENT);
}, TRIAL_MS);
afterAll(async () => {
	await farm?.stop();
});

it.each(trials)(
	'$name: $holds',
	async (trial) => {
		await expect(trial.run(farm, QUICK)).resolves.toHaveProperty('seen');
	},
	TRIAL_MS,
);
