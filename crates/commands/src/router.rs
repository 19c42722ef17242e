//! The table of methods: name, parameters, answer. Everything that speaks of methods is made from it.

/// Calls `$then!` with one row for each method: name, function, parameters, answer.
macro_rules! with_methods {
    ($then:ident) => {
        $then! {
            "app.status" => app::status(Nothing) -> AppStatus;
            "app.enrol" => app::enrol(AppEnrol) -> AppStatus;
            "app.unlock" => app::unlock(AppUnlock) -> AppStatus;
            "app.lock" => app::lock(Nothing) -> AppStatus;
            "config.get" => config::get(Nothing) -> Config;
            "home.summary" => home::summary(HomeQuery) -> HomeSummary;
            "household.list" => household::list(ListQuery) -> HouseholdList;
            "household.create" => household::create(HouseholdCreate) -> HouseholdCreated;
            "household.open" => household::open(HouseholdOpen) -> HouseholdPage;
            "household.save" => household::save(HouseholdSave) -> HouseholdPage;
            "household.resolve" => household::resolve(HouseholdResolve) -> HouseholdPage;
            "household.history" => household::history(HouseholdHistory) -> History;
            "member.add" => member::add(MemberAdd) -> HouseholdPage;
            "support.add" => support::add(SupportAdd) -> HouseholdPage;
            "programme.open" => programme::open(ProgrammeOpen) -> ProgrammePage;
            "programme.save" => programme::save(ProgrammeSave) -> ProgrammePage;
            "sync.run" => sync::run(Nothing) -> SyncReport;
            "sync.log" => sync::log(Nothing) -> SyncLog;
            "refused.list" => refused::list(Nothing) -> RefusedList;
        }
    };
}

pub(crate) use with_methods;
