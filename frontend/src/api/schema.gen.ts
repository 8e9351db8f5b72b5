// Generated from openapi.json by `npm run types`; do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountLine: {
            key: string;
            label: components["schemas"]["Text"];
            parent: string | null;
            role: string;
            total: number | null;
            values: (number | null)[];
        };
        AdDesk: {
            losing: components["schemas"]["FindingsData"];
            objects: components["schemas"]["TableData"];
            reports: components["schemas"]["TableData"];
        };
        AlertDay: {
            day: string;
            expected: number | null;
            high: number | null;
            low: number | null;
            value: number | null;
        };
        AlertLine: {
            cause_id: number | null;
            currency: string | null;
            /** @enum {string} */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            expected: number | null;
            first_day: string;
            high: number | null;
            href: string;
            id: number;
            label: components["schemas"]["Text"] | null;
            last_day: string;
            low: number | null;
            metric: string | null;
            money: number | null;
            n_under: number;
            outcome: string | null;
            owner: components["schemas"]["Text"];
            place: components["schemas"]["Text"];
            raised_at: string;
            rule: string;
            sentence: components["schemas"]["Text"];
            severity: string;
            snoozed_until: string | null;
            /** @enum {string} */
            standing: "on" | "over" | "gone";
            /** @enum {string} */
            state: "open" | "acknowledged" | "snoozed" | "resolved";
            title: components["schemas"]["Text"];
            unit: string | null;
            value: number | null;
        };
        AlertList: {
            alerts: components["schemas"]["AlertLine"][];
            n_acknowledged: number;
            n_open: number;
            n_resolved: number;
            n_snoozed: number;
            unusable: {
                [key: string]: string;
            };
            watched_at: string | null;
            watched_until: string | null;
        };
        AlertPage: {
            alert: components["schemas"]["AlertLine"];
            cause: components["schemas"]["AlertLine"] | null;
            causes: components["schemas"]["Text"][];
            checks: components["schemas"]["Text"][];
            days: components["schemas"]["AlertDay"][];
            doubts: components["schemas"]["Doubt"][];
            explain: components["schemas"]["ExplainQuery"] | null;
            metric_href: string | null;
            outcomes: string[];
            segments: components["schemas"]["AlertSegment"][];
            snooze_days: number;
            steps: components["schemas"]["AlertStepLine"][];
            under: components["schemas"]["AlertLine"][];
        };
        AlertRulesTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "alert_rules";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        AlertSegment: {
            amount: number | null;
            label: components["schemas"]["Text"];
            share: number | null;
        };
        AlertStepLine: {
            at: string;
            note: string;
            what: string;
        };
        AlertTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "alert";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        AlertsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "alerts";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        BackTestAnswer: {
            currency: string | null;
            fired: components["schemas"]["FiredLine"][];
            first_day: string | null;
            last_day: string | null;
            n_fired: number;
            n_steps: number;
            per_week: number | null;
            sentence: components["schemas"]["Text"];
            unit: string;
        };
        BackTestAsked: {
            date_from?: string | null;
            date_to?: string | null;
            name?: string | null;
            rule?: {
                [key: string]: unknown;
            } | null;
        };
        BarTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "bar";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        BatchList: {
            n_rows: number;
            rows: components["schemas"]["BatchRow"][];
        };
        BatchRow: {
            accepted: number;
            currency: string | null;
            date_from: string | null;
            date_to: string | null;
            duplicate: number;
            extracted_at: string | null;
            file: string;
            file_total: number | null;
            format: string;
            format_label: components["schemas"]["Text"];
            id: number;
            /** @default [] */
            issues: string[];
            ledger_total: number | null;
            loaded_at: string | null;
            non_data: number;
            platform: string;
            quarantined: number;
            received: number;
            rejected: number;
            rounding: number | null;
            sheet: string | null;
            store: string;
            superseded: number;
        };
        BatchesTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "batches";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        BelowCost: {
            lines: components["schemas"]["TableData"];
            skus: components["schemas"]["TableData"];
        };
        BudgetCell: {
            actual?: number | null;
            forecast?: number | null;
            gap?: number | null;
            month: string;
            /**
             * @default none
             * @enum {string}
             */
            state: "ahead" | "behind" | "none";
            target?: number | null;
        };
        BudgetData: {
            /** @default true */
            can_enter: boolean;
            currency?: string | null;
            current?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            months: string[];
            partial?: components["schemas"]["Text"] | null;
            rows: components["schemas"]["BudgetRow"][];
            store?: string | null;
            text?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        BudgetRow: {
            account: string;
            cells: components["schemas"]["BudgetCell"][];
            /**
             * @default none
             * @enum {string}
             */
            good: "up" | "down" | "none";
            label: components["schemas"]["Text"];
            /**
             * @default money
             * @enum {string}
             */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
        };
        BudgetTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "budget";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Cash: {
            kinds: components["schemas"]["TableData"];
            on_its_way: components["schemas"]["TableData"];
            wallets: components["schemas"]["TableData"];
        };
        CauseSum: {
            amount: number;
            cause: string;
            is_open: boolean;
            label: components["schemas"]["Text"];
            n_orders: number;
        };
        CellView: {
            column: string | null;
            header: string;
            value: string | null;
        };
        ChartData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            href?: (string | null)[] | null;
            /** @default false */
            is_stacked: boolean;
            /** @default [] */
            marks: components["schemas"]["Mark"][];
            partial?: components["schemas"]["Text"] | null;
            series: components["schemas"]["Series"][];
            title?: components["schemas"]["Text"] | null;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            /** @default [] */
            warnings: components["schemas"]["Text"][];
            x: (string | components["schemas"]["Text"])[];
            /** @enum {string} */
            x_kind: "date" | "category";
        };
        CheckList: {
            checks: components["schemas"]["CheckView"][];
        };
        CheckView: {
            examples: string[];
            n_violations: number;
            name: string;
            text: components["schemas"]["Text"];
        };
        Choice: {
            label: components["schemas"]["Text"];
            value: string;
        };
        ColumnGuessView: {
            header: string;
            name: string;
            reason: components["schemas"]["Text"];
            score: number;
        };
        ColumnSpec: {
            align?: ("left" | "right" | "center") | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            help?: components["schemas"]["Text"] | null;
            key: string;
            label: components["schemas"]["Text"];
            /** @default false */
            sortable: boolean;
            /**
             * @default text
             * @enum {string}
             */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
        };
        CostRates: {
            rates: {
                [key: string]: number;
            };
        };
        CostRow: {
            category: string;
            label: components["schemas"]["Text"];
            rate?: number | null;
            revenue?: number | null;
        };
        CostTableData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            missing_share?: number | null;
            partial?: components["schemas"]["Text"] | null;
            rows: components["schemas"]["CostRow"][];
            text?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        CostTableTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "cost_table";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        CreatorDesk: {
            creators: components["schemas"]["TableData"];
            sessions: components["schemas"]["TableData"];
        };
        DifferenceRow: {
            age_days: number | null;
            amount: number;
            batch_id: number;
            cause: string;
            currency: string;
            detail: string;
            is_lost_in_export: boolean;
            label: components["schemas"]["Text"];
            order_id: string;
            paid: string | null;
            platform: string;
            row_no: number;
            since: string | null;
            store: string;
        };
        DimensionChoice: {
            label: components["schemas"]["Text"];
            name: string;
        };
        Door: {
            available: boolean;
            /** @enum {string} */
            id: "drop" | "demo" | "connect";
            text?: components["schemas"]["Text"] | null;
        };
        DoorsData: {
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            items: components["schemas"]["Door"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        DoorsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "doors";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Doubt: {
            check: string;
            currency?: string | null;
            href: string;
            label: components["schemas"]["Text"];
            money?: number | null;
            n: number;
            next: components["schemas"]["Text"];
            text: components["schemas"]["Text"];
        };
        ErrorAnswer: {
            error: components["schemas"]["ErrorBody"];
        };
        ErrorBody: {
            code: string;
            next: string;
            what: string;
            where: string;
        };
        ExplainQuery: {
            against: string;
            date_from: string;
            date_to: string;
            metric: string;
            where: string;
        };
        FaultView: {
            example: string | null;
            header: string | null;
            label: components["schemas"]["Text"] | null;
            n_cells: number;
            name: string;
            rows: number[];
            rule: string;
            text: components["schemas"]["Text"];
        };
        FeeAudit: {
            deviating: components["schemas"]["TableData"];
            rates: components["schemas"]["TableData"];
        };
        FeeRates: {
            rates: {
                [key: string]: number;
            };
        };
        Finding: {
            cause?: components["schemas"]["Text"] | null;
            currency?: string | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            href?: string | null;
            money?: number | null;
            text: components["schemas"]["Text"];
            title?: components["schemas"]["Text"] | null;
        };
        FindingsData: {
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            items: components["schemas"]["Finding"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        FindingsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "findings";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        FiredLine: {
            expected: number | null;
            first_day: string;
            high: number | null;
            last_day: string;
            low: number | null;
            money: number | null;
            n_days: number;
            place: components["schemas"]["Text"];
            sentence: components["schemas"]["Text"];
            value: number | null;
        };
        Fix: {
            id: string;
            /** @default {} */
            values: {
                [key: string]: string;
            };
        };
        Fixes: {
            fixes: components["schemas"]["Fix"][];
        };
        Given: {
            owner: string;
        };
        HeatmapData: {
            cols: components["schemas"]["Text"][];
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            max?: number | null;
            partial?: components["schemas"]["Text"] | null;
            rows: components["schemas"]["Text"][];
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            values: (number | null)[][];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        HeatmapTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "heatmap";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        JobAnswer: {
            cancel_requested: boolean;
            created_at: string;
            error: {
                [key: string]: unknown;
            } | null;
            finished_at: string | null;
            id: number;
            kind: string;
            label: components["schemas"]["Text"];
            progress: {
                [key: string]: unknown;
            };
            result: {
                [key: string]: unknown;
            } | null;
            started_at: string | null;
            state: string;
        };
        JobStarted: {
            job_id: number;
        };
        JobsAnswer: {
            jobs: components["schemas"]["JobAnswer"][];
        };
        JobsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "jobs";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        KpiItem: {
            change?: number | null;
            /**
             * @default none
             * @enum {string}
             */
            change_kind: "ratio" | "pp" | "none";
            /** @default [] */
            doubts: components["schemas"]["Doubt"][];
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            /**
             * @default none
             * @enum {string}
             */
            good: "up" | "down" | "none";
            href?: string | null;
            label: components["schemas"]["Text"];
            metric: string;
            numerator?: components["schemas"]["Text"] | null;
            /** @default [] */
            spark: (number | null)[];
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            value?: number | null;
            warning?: components["schemas"]["Text"] | null;
        };
        KpisData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            items: components["schemas"]["KpiItem"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        KpisTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "kpis";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        LateLine: {
            amount: number;
            batch_id: number;
            booked: string;
            category: string;
            currency: string;
            label: components["schemas"]["Text"];
            lag_days: number | null;
            late_days: number;
            order_id: string;
            platform: string;
            row_no: number;
            store: string;
        };
        LedgerMonth: {
            booked: number;
            currency: string;
            month: string;
            n_lines: number;
            n_unmatched: number;
            of_earlier_months: number;
            of_later_months: number;
            of_no_order: {
                [key: string]: number;
            };
            of_this_month: number;
            platform: string;
            store: string;
            unmatched: number;
        };
        LineTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "line";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        LinkRate: {
            by_rule: {
                [key: string]: number;
            };
            currency: string;
            label: components["schemas"]["Text"];
            money: number;
            money_linked: number;
            money_rate: number | null;
            n: number;
            n_linked: number;
            name: string;
            platform: string;
            rate: number | null;
            store: string;
        };
        LoadMapped: {
            document: {
                [key: string]: unknown;
            };
            name?: string | null;
            source_table?: string | null;
            store?: string | null;
        };
        LoadPaths: {
            /** @default false */
            dry_run: boolean;
            extracted_at?: string | null;
            map?: string | null;
            /** @default [] */
            passwords: string[];
            paths: string[];
            store?: string | null;
        };
        MapProblem: {
            code: string;
            next: string;
            what: string;
            where: string;
        };
        MapperTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "mapper";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        MappingView: {
            columns: components["schemas"]["SourceColumn"][];
            document: {
                [key: string]: unknown;
            };
            file: components["schemas"]["WaitingView"] | null;
            guesses: components["schemas"]["ColumnGuessView"][];
            notes: components["schemas"]["Text"][];
            platforms: components["schemas"]["Named"][];
            reading: components["schemas"]["ReadingView"];
            saved_as: string | null;
            sheets: components["schemas"]["SheetView"][];
            start: string;
            starts: components["schemas"]["Start"][];
            stores: string[];
            tables: components["schemas"]["TableChoice"][];
            targets: components["schemas"]["Target"][];
        };
        Mark: {
            name: components["schemas"]["Text"];
            x: string;
        };
        MetaAnswer: {
            as_of: string | null;
            data_from: string | null;
            data_to: string | null;
            dimension_labels: {
                [key: string]: components["schemas"]["Text"];
            };
            dimensions: {
                [key: string]: components["schemas"]["Choice"][];
            };
            is_demo: boolean;
            is_empty: boolean;
            nav: components["schemas"]["NavRoom"][];
            shop: components["schemas"]["ShopName"];
            token: string;
            tour: components["schemas"]["TourStop"][];
            version: string;
        };
        MetricCardData: {
            base: components["schemas"]["Text"];
            /** @default [] */
            catalogue_ids: string[];
            definition: components["schemas"]["Text"];
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            formula: components["schemas"]["Text"];
            freshness?: string | null;
            label: components["schemas"]["Text"];
            name: string;
            owner?: components["schemas"]["Text"] | null;
            partial?: components["schemas"]["Text"] | null;
            source: components["schemas"]["Text"];
            /** @default [] */
            sources: components["schemas"]["SourceState"][];
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            version: string;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        MetricCardTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "metric_card";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        MetricChoice: {
            dimensions: string[];
            label: components["schemas"]["Text"];
            name: string;
            unit: string;
        };
        MonthStatement: {
            borne: number;
            borne_back: number;
            causes: components["schemas"]["CauseSum"][];
            currency: string;
            deposits: number;
            difference: number;
            due: number;
            expected: number;
            fee_gaps: number;
            fees: {
                [key: string]: number;
            };
            in_transit: number;
            month: string;
            n_orders: number;
            open_difference: number;
            paid: number;
            platform: string;
            receivable: number;
            refunded: number;
            settled: number;
            store: string;
            ties: boolean;
            unknown: number;
        };
        MoveTo: {
            store: string;
        };
        Mute: {
            days: number | null;
        };
        Named: {
            label: components["schemas"]["Text"];
            name: string;
        };
        NavRoom: {
            has_data: boolean;
            icon: string;
            needs: components["schemas"]["Text"] | null;
            path: string;
            room: string;
            title: components["schemas"]["Text"];
        };
        NewName: {
            name: string;
        };
        NextUpload: {
            gives: components["schemas"]["Text"];
            href?: string | null;
            menu: components["schemas"]["Text"];
            platform?: components["schemas"]["Text"] | null;
            title: components["schemas"]["Text"];
        };
        PageChoice: {
            /** @enum {string} */
            key: "by" | "basis";
            label: components["schemas"]["Text"];
            options: components["schemas"]["PageOption"][];
        };
        PageExport: {
            id: string;
            label: components["schemas"]["Text"];
            source: string;
        };
        PageOption: {
            label: components["schemas"]["Text"];
            value: string;
        };
        PageSpec: {
            /** @default [] */
            choices: components["schemas"]["PageChoice"][];
            /** @default [] */
            exports: components["schemas"]["PageExport"][];
            /** @default [] */
            filters: string[];
            icon: string;
            id: string;
            path: string;
            room: string;
            rows: components["schemas"]["Row"][];
            tab?: components["schemas"]["Text"] | null;
            title: components["schemas"]["Text"];
        };
        PagesAnswer: {
            pages: components["schemas"]["PageSpec"][];
        };
        PartLines: {
            lines: components["schemas"]["AccountLine"][];
            name: components["schemas"]["Text"];
        };
        PreviewView: {
            columns: components["schemas"]["TypedColumn"][];
            currency: string;
            date_from: string | null;
            date_to: string | null;
            faults: components["schemas"]["FaultView"][];
            file_total: number | null;
            good_total: number | null;
            headline: components["schemas"]["Text"] | null;
            is_whole: boolean;
            missing: components["schemas"]["Named"][][];
            n_apart: number;
            n_good: number;
            n_rejected: number;
            n_rows: number;
            problem: components["schemas"]["MapProblem"] | null;
            rows: components["schemas"]["TypedRow"][];
            toml: string;
            words: components["schemas"]["WordsView"][];
        };
        ProfitStatement: {
            basis: string;
            by: string | null;
            currency: string | null;
            lines: components["schemas"]["AccountLine"][];
            months: string[];
            parts: components["schemas"]["PartLines"][];
            rates: {
                [key: string]: number | null;
            };
            warnings: components["schemas"]["Text"][];
        };
        "PutAway-Input": {
            days: number;
            /** @default  */
            note: string;
        };
        "PutAway-Output": {
            file_id: number;
        };
        QualityCheck: {
            aspect: components["schemas"]["Text"];
            checked_at: string;
            currency: string | null;
            days: number[];
            label: components["schemas"]["Text"];
            money: number | null;
            n_findings: number;
            n_stores: number;
            name: string;
            next: components["schemas"]["Text"];
            past: components["schemas"]["QualityRun"][];
            promise: components["schemas"]["Text"];
            source: components["schemas"]["Text"];
            /** @enum {string} */
            status: "ok" | "warning" | "failed";
            stores: components["schemas"]["QualityStore"][];
        };
        QualityFinding: {
            day: string | null;
            last_day: string | null;
            money: number | null;
            n_rows: number;
            subject: string | null;
            text: components["schemas"]["Text"];
        };
        QualityPanel: {
            checked_at: string | null;
            checks: components["schemas"]["QualityCheck"][];
            first_day: string | null;
            last_day: string | null;
            n_failed: number;
            n_ok: number;
            n_warning: number;
        };
        QualityRun: {
            day: string;
            n_findings: number;
            /** @enum {string} */
            status: "ok" | "warning" | "failed";
        };
        QualityStore: {
            currency: string | null;
            findings: components["schemas"]["QualityFinding"][];
            money: number | null;
            n_findings: number;
            since: string;
            /** @enum {string} */
            status: "ok" | "warning" | "failed";
            store: string;
        };
        QualityTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "quality";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        QuarantineList: {
            n_rows: number;
            page: number;
            pages: number;
            rows: components["schemas"]["QuarantinedRow"][];
        };
        QuarantineTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "quarantine";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        QuarantinedRow: {
            batch_id: number;
            cells: components["schemas"]["CellView"][];
            column: string | null;
            file: string;
            id: string;
            next: components["schemas"]["Text"];
            reason: components["schemas"]["Text"];
            row: number;
            rule: string;
            value: string | null;
        };
        ReadAs: {
            delimiter?: string | null;
            encoding?: string | null;
            header_row?: number | null;
            source_table?: string | null;
            start?: string | null;
            table?: string | null;
        };
        ReadingView: {
            encoding: string | null;
            header_row: number;
            kind: string;
            sheet: string | null;
            table: string;
        };
        Reconciliation: {
            date_from: string | null;
            date_to: string | null;
            differences: components["schemas"]["DifferenceRow"][];
            late: components["schemas"]["LateLine"][];
            ledgers: components["schemas"]["LedgerMonth"][];
            link_rates: components["schemas"]["LinkRate"][];
            months: components["schemas"]["MonthStatement"][];
            n_differences: number;
            n_late: number;
            n_stock_system_rows: number;
            n_unmatched: number;
            problems: components["schemas"]["Text"][];
            stock_system: components["schemas"]["StockSystemStore"][];
            stock_system_rows: components["schemas"]["StockSystemRow"][];
            stores: components["schemas"]["StoreReach"][];
            ties: boolean;
            unmatched: components["schemas"]["UnmatchedLine"][];
            wallet_gaps: components["schemas"]["WalletGap"][];
            wallets: components["schemas"]["Wallet"][];
        };
        Result: {
            /** @default  */
            note: string;
            outcome: string;
        };
        Row: {
            height?: ("s" | "m" | "l") | null;
            tiles: (components["schemas"]["SentenceTile"] | components["schemas"]["KpisTile"] | components["schemas"]["LineTile"] | components["schemas"]["BarTile"] | components["schemas"]["HeatmapTile"] | components["schemas"]["TableTile"] | components["schemas"]["FindingsTile"] | components["schemas"]["DoorsTile"] | components["schemas"]["UploadTile"] | components["schemas"]["MapperTile"] | components["schemas"]["SavedMapsTile"] | components["schemas"]["BatchesTile"] | components["schemas"]["QuarantineTile"] | components["schemas"]["QualityTile"] | components["schemas"]["JobsTile"] | components["schemas"]["MetricCardTile"] | components["schemas"]["UploadsNextTile"] | components["schemas"]["CostTableTile"] | components["schemas"]["StatementTile"] | components["schemas"]["WaterfallTile"] | components["schemas"]["BudgetTile"] | components["schemas"]["TreeTile"] | components["schemas"]["AlertsTile"] | components["schemas"]["AlertTile"] | components["schemas"]["AlertRulesTile"])[];
        };
        RuleLine: {
            document: {
                [key: string]: unknown;
            } | null;
            error: string | null;
            is_on: boolean;
            muted_until: string | null;
            n_alerts: number;
            name: string;
            origin: string;
            owner: components["schemas"]["Text"];
            severity: string;
            title: components["schemas"]["Text"];
        };
        RuleList: {
            dimensions: components["schemas"]["DimensionChoice"][];
            metrics: components["schemas"]["MetricChoice"][];
            rules: components["schemas"]["RuleLine"][];
        };
        RulesEntered: {
            rules: {
                [key: string]: unknown;
            }[];
        };
        RulesFile: {
            toml: string;
        };
        RulesKept: {
            rules: components["schemas"]["RuleLine"][];
        };
        Said: {
            /** @default  */
            note: string;
        };
        SavedMapList: {
            can_undo: boolean;
            empty?: components["schemas"]["Text"] | null;
            maps: components["schemas"]["SavedMapView"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        SavedMapView: {
            header: string[];
            n_columns: number;
            name: string;
            saved_at: string;
            table: string;
            table_label: components["schemas"]["Text"];
            toml: string;
        };
        SavedMapsTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "saved_maps";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        SentenceData: {
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            partial?: components["schemas"]["Text"] | null;
            text: components["schemas"]["Text"];
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        SentenceTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "sentence";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Series: {
            name: components["schemas"]["Text"];
            /**
             * @default current
             * @enum {string}
             */
            role: "current" | "compare" | "other";
            values: (number | null)[];
        };
        SheetView: {
            n_columns: number;
            name: string;
            sheet: string | null;
        };
        ShopName: {
            name: string;
        };
        SourceColumn: {
            header: string;
            n_blank: number;
            n_rows: number;
            samples: string[];
        };
        SourceState: {
            /** @default [] */
            findings: components["schemas"]["Text"][];
            label: components["schemas"]["Text"];
            loaded_at?: string | null;
            /** @default 0 */
            n_checks: number;
            /**
             * @default unchecked
             * @enum {string}
             */
            status: "ok" | "warning" | "failed" | "unchecked";
            /** @default [] */
            stores: string[];
            table: string;
            until?: string | null;
        };
        SourceView: {
            batch: components["schemas"]["BatchRow"];
            cells: components["schemas"]["CellView"][];
            file: string;
            format: string;
            format_label: components["schemas"]["Text"];
            row: number;
            store: string;
        };
        Start: {
            id: string;
            label: components["schemas"]["Text"];
            missing: string[];
        };
        StatementColumn: {
            key: string;
            label: components["schemas"]["Text"];
            note?: components["schemas"]["Text"] | null;
        };
        StatementData: {
            columns: components["schemas"]["StatementColumn"][];
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            lines: components["schemas"]["StatementLine"][];
            partial?: components["schemas"]["Text"] | null;
            share_of?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        StatementLine: {
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            help?: components["schemas"]["Text"] | null;
            href?: string | null;
            /** @default [] */
            hrefs: (string | null)[];
            key: string;
            label: components["schemas"]["Text"];
            parent?: string | null;
            /**
             * @default line
             * @enum {string}
             */
            role: "line" | "total" | "memo";
            share?: number | null;
            total?: number | null;
            /**
             * @default money
             * @enum {string}
             */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            values: (number | null)[];
        };
        StatementTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "statement";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Step: {
            end: number | null;
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            help?: components["schemas"]["Text"] | null;
            href?: string | null;
            label: components["schemas"]["Text"];
            /** @enum {string} */
            role: "level" | "adds" | "takes";
            start: number | null;
            value: number | null;
        };
        StockSystemRow: {
            currency: string;
            erp_amount: number | null;
            erp_order_id: string | null;
            kind: string;
            label: components["schemas"]["Text"];
            order_id: string;
            ordered: string | null;
            platform_amount: number | null;
            store: string;
        };
        StockSystemStore: {
            amount_differs: number;
            currency: string;
            missing_in_erp: number;
            missing_on_platform: number;
            n_amount_differs: number;
            n_in_both: number;
            n_missing_in_erp: number;
            n_missing_on_platform: number;
            n_orders: number;
            platform: string;
            store: string;
            ties: boolean;
        };
        StoreReach: {
            begins: string;
            has_ledger: boolean;
            latest_days: number;
            ledger_from: string | null;
            ledger_to: string | null;
            platform: string;
            store: string;
            terms: string;
            usual_days: number;
        };
        Switch: {
            is_on: boolean;
        };
        TableChoice: {
            label: components["schemas"]["Text"];
            missing: components["schemas"]["Named"][][];
            n_columns: number;
            name: string;
            score: number;
        };
        TableData: {
            columns: components["schemas"]["ColumnSpec"][];
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            n_rows: number;
            /** @default 1 */
            page: number;
            /** @default 1 */
            pages: number;
            partial?: components["schemas"]["Text"] | null;
            rows: {
                [key: string]: unknown;
            }[];
            total?: {
                [key: string]: unknown;
            } | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        TableTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "table";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        Target: {
            group: components["schemas"]["Text"];
            is_amount: boolean;
            is_personal: boolean;
            label: components["schemas"]["Text"];
            name: string;
            needed: string[];
            note: components["schemas"]["Text"] | null;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "text" | "date" | "time" | "status";
        };
        Targets: {
            months: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            store: string | null;
        };
        TargetsEntered: {
            month: string;
            store?: string | null;
            targets: {
                [key: string]: number | null;
            };
        };
        Text: {
            en: string;
            zh: string;
        };
        TourStop: {
            look_at: string | null;
            path: string;
            text: components["schemas"]["Text"];
            title: components["schemas"]["Text"];
        };
        TreeData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            nodes: components["schemas"]["TreeNode"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        TreeNode: {
            change?: number | null;
            /**
             * @default none
             * @enum {string}
             */
            change_kind: "ratio" | "pp" | "none";
            depth: number;
            effect?: number | null;
            /** @enum {string} */
            effect_unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            /**
             * @default counted
             * @enum {string}
             */
            evidence: "counted" | "estimated" | "declared" | "attributed" | "measured";
            /**
             * @default none
             * @enum {string}
             */
            good: "up" | "down" | "none";
            href?: string | null;
            label: components["schemas"]["Text"];
            metric: string;
            /** @enum {string} */
            operator: "" | "×" | "÷" | "+" | "−";
            owner: components["schemas"]["Text"];
            target?: number | null;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            value?: number | null;
        };
        TreeTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "tree";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        TryMap: {
            document: {
                [key: string]: unknown;
            };
            source_table?: string | null;
            /** @default false */
            whole: boolean;
        };
        TypedCellView: {
            raw: string | null;
            rule: components["schemas"]["Text"] | null;
            value: string | number | null;
        };
        TypedColumn: {
            header: string | null;
            label: components["schemas"]["Text"];
            n_blank: number;
            n_faults: number;
            name: string;
            /** @enum {string} */
            unit: "money" | "count" | "ratio" | "text" | "date" | "time" | "status";
        };
        TypedRow: {
            cells: components["schemas"]["TypedCellView"][];
            row: number;
        };
        UnmatchedLine: {
            age_days: number;
            amount: number;
            batch_id: number;
            booked: string;
            candidate_order_id: string | null;
            category: string;
            currency: string;
            label: components["schemas"]["Text"];
            order_id: string | null;
            platform: string;
            refund_id: string | null;
            row_no: number;
            scene: string | null;
            store: string;
        };
        UploadTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "upload";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        UploadsNextData: {
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            items: components["schemas"]["NextUpload"][];
            partial?: components["schemas"]["Text"] | null;
            share?: number | null;
            text?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        UploadsNextTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "uploads_next";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        WaitingList: {
            empty?: components["schemas"]["Text"] | null;
            files: components["schemas"]["WaitingView"][];
            partial?: components["schemas"]["Text"] | null;
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        WaitingView: {
            arrived_at: string;
            file: string;
            id: number;
        };
        Wallet: {
            account: string;
            came_in: number;
            closing: number | null;
            currency: string;
            first: string;
            last: string;
            missing: number;
            n_gaps: number;
            n_lines: number;
            n_withdrawals: number;
            opening: number | null;
            platform: string;
            store: string;
            ties: boolean;
            went_out: number;
            withdrawn: number;
        };
        WalletGap: {
            account: string;
            after: string;
            age_days: number;
            batch_id: number;
            before: string;
            currency: string;
            missing: number;
            row_no: number;
            store: string;
        };
        WaterfallData: {
            currency?: string | null;
            doubts?: components["schemas"]["Doubt"][] | null;
            empty?: components["schemas"]["Text"] | null;
            partial?: components["schemas"]["Text"] | null;
            steps: components["schemas"]["Step"][];
            /**
             * @default money
             * @enum {string}
             */
            unit: "money" | "count" | "ratio" | "days" | "hours" | "minutes" | "text" | "date" | "time" | "status";
            /** @default [] */
            warnings: components["schemas"]["Text"][];
        };
        WaterfallTile: {
            help?: components["schemas"]["Text"] | null;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "waterfall";
            source: string;
            /** @default 24 */
            span: number;
            title?: components["schemas"]["Text"] | null;
        };
        WordView: {
            meaning: string | null;
            n_rows: number;
            word: string;
        };
        WordsView: {
            choices: components["schemas"]["Named"][];
            label: components["schemas"]["Text"];
            n_unknown: number;
            name: string;
            /** @enum {string} */
            section: "status" | "words";
            words: components["schemas"]["WordView"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
