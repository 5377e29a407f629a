import type { Service } from '../../tools/n8n/services';
import { statement } from '../../tools/n8n/services/sql';

/**
 * Lets PostgreSQL keep what each execution began with: n8n overwrites the data of one that stalled, and nobody could
 * tell any more which click it was.
 */
export async function keepFirstData(postgres: Service): Promise<void> {
	await statement(
		postgres,
		`CREATE TABLE first_data (execution_id int, data text);
		CREATE FUNCTION keep_first_data() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN INSERT INTO first_data VALUES (NEW."executionId", NEW.data); RETURN NEW; END $$;
		CREATE TRIGGER keep_first_data AFTER INSERT ON execution_data FOR EACH ROW EXECUTE FUNCTION keep_first_data()`,
	);
}
